"""Whether an article concerns Taiwan and Japan together: a score from 0 to 1, and why."""
