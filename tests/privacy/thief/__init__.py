"""The thief: what somebody can tell who has copies of the files, with some of the keys or none."""
