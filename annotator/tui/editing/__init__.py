"""What keys do to a document, without a screen: the editor and its parts, one for each task.

Every part has a method `do_…` for each action that it knows; the editor finds it by the name.
"""
