"""An organisation's house style: brand.yaml, logo, fonts, colours."""
