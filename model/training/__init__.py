"""Training a base model from text: corpus, vocabulary, loss, trainer."""
