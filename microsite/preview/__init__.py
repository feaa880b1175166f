"""The preview: one brand's site in a browser, renewed at each save, with what only its editors see."""
