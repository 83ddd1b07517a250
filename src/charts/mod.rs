//! Numbers in; one SVG, its sentence and its table out. Pure.
