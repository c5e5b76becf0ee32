"""Articles out of pages and fragments of HTML: text with its structure, and its metadata.

`extract_page` finds the article inside a whole page; `extract_fragment` takes all of what it is
given (a feed's own content, an e-mail, rendered Markdown).
"""
