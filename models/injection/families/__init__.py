"""Attack families and their benign look-alikes, made from small grammars; every one is kept apart as a whole when validating."""
