"""Who said what, in short: figures, key terms, key sentences, questions with their answers, requests, promises."""
