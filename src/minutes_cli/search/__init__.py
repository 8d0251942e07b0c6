"""Query -> hits: what matches, within which scope, under which filters. Reads no file and prints nothing."""
