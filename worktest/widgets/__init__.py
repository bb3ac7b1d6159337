"""Widgets of the notebooks. Each module is loaded when its widget is asked for; ipywidgets only then."""
