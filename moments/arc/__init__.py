"""The emotional arc of a film, the walk through it scene by scene, and the summary of a diary."""
