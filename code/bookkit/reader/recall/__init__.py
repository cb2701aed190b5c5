"""Recall: questions on earlier chapters."""
