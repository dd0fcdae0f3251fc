package store_test

import "reflect"

// target is a variable of the type of a value, to scan into.
type target struct{ pointer any }

// newLike makes a target for a value like the one given.
func newLike(value any) target { return target{reflect.New(reflect.TypeOf(value)).Interface()} }

// value is what was scanned.
func (t target) value() any { return reflect.ValueOf(t.pointer).Elem().Interface() }
