"""The parts that a cut-paper portrait is put together from."""
