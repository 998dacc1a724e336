"""Who claims what, who stands where, who agreed with whom on what: on record, to the character."""
