"""The studio: the program in a member's browser, with the campaign as the sites of members show it."""
