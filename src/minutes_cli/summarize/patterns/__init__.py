"""The patterns that say what sentences do: one YAML file per form, and as JSON that loads in no time."""
