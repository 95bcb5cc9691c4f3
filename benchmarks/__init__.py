"""What Tiantang costs: one runnable script per question. See docs/benchmarks.md."""
