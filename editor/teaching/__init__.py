"""From what is typed and kept to lessons: whose text it is, and when it is settled."""
