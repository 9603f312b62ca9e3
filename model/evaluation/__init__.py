"""Measuring: bits per character, and simulated typing."""
