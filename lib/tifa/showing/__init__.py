"""Showing: fonts, figures, notebooks and reports. Nothing else imports matplotlib, wordcloud or ipywidgets."""
