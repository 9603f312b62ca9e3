"""From a text to words worth showing: the quantised network, its states, the search."""
