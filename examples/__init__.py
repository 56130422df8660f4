"""The example reviews, in the wheel too, so that `tellygraph demo` runs away from the checkout."""
