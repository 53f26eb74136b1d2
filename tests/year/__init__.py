"""A whole organisation through a year and more, on a clock of its own, with everything real but Telegram."""
