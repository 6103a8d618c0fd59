//! Benchmarks of plangate.
