"""Models of engines: which there are, which are on this machine, and how one comes here when somebody asks for it."""
