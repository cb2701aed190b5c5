"""What memories cost in time. Written by `make bench ONLY=memories`, never by hand.

`build` is in milliseconds; `one` and `many` in microseconds per key, asked one by one and all
at once.
"""

MEASURED_ON = {
    "date": "2026-11-23",
    "processor": "AMD EPYC",
    "keys": 1024,
    "Python": "3.11.7",
    "numpy": "2.4.6",
}

COSTS = [
    {
        "memory": "Python dict",
        "build": 0.058,
        "one": 0.0393,
        "many": 0.01461,
    },
    {
        "memory": "bitmap",
        "build": 0.1252,
        "one": 0.094,
        "many": 0.00878,
    },
    {
        "memory": "xor table",
        "build": 46.0022,
        "one": 15.0354,
        "many": 0.06829,
    },
    {
        "memory": "reliable network",
        "build": 118.6782,
        "one": 15.9464,
        "many": 0.07084,
    },
    {
        "memory": "smallest network",
        "build": 3996.3188,
        "one": 13.5199,
        "many": 0.062,
    },
]
