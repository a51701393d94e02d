"""The gate between the agents that write a sales team's email and the customers who read it."""

import os

# The network's arrays are small: a second thread of the linear algebra library waits more than it works.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
