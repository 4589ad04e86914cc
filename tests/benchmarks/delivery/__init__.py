"""What delivering costs a recording that is being made."""
