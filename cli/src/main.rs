//! plangate.

fn main() {}
