"""The rules by which Galaxy chooses where a job runs. Galaxy loads every module of this package by itself."""
