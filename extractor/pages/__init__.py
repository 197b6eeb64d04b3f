"""Pages for people: one article to look at, a database to chart, a service to call. Templates lie beside their code."""
