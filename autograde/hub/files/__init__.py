"""Files that are copied as they are into the folder of a hub that stays."""
