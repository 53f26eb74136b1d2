"""The word lists, their licences, and the script that rebuilds the large one."""
