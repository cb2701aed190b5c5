"""The hashtable: what a network costs as a memory."""
