"""A Telegram on this machine: a strict Bot API server, and a page with phones side by side."""
