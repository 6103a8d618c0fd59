//! Benchmarks of the check.

fn main() {}
