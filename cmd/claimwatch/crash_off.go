//go:build !crashpoints

package main

// crashPoint marks a place between two numbered steps. It does nothing in a
// build for users; a test build (-tags crashpoints) can die there.
func crashPoint(string) {}
