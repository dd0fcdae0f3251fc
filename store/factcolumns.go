package store

import (
	"claimwatch"
)

// valueColumn gathers one field of many records as the driver takes a column.
// It has room for as many rows as its maker was told: pointers into it stay good.
type valueColumn interface {
	add(v claimwatch.Value)
	values() any
}

func newValueColumn(spec claimwatch.Spec, rows int) valueColumn {
	switch spec.Type {
	case claimwatch.TypeCodes:
		return &listColumn{make([][]string, 0, rows)}
	case claimwatch.TypeBool:
		return number(spec.Required, rows, func(n int64) bool { return n != 0 })
	case claimwatch.TypeInt:
		return number(spec.Required, rows, func(n int64) int32 { return int32(n) })
	case claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio, claimwatch.TypeTime:
		return number(spec.Required, rows, func(n int64) int64 { return n })
	default:
		return &textColumn{make([]string, 0, rows)}
	}
}

type textColumn struct{ texts []string }

func (c *textColumn) add(v claimwatch.Value) { c.texts = append(c.texts, v.Text) }
func (c *textColumn) values() any            { return c.texts }

type listColumn struct{ lists [][]string }

func (c *listColumn) add(v claimwatch.Value) {
	list := v.List()
	if list == nil {
		list = []string{}
	}
	c.lists = append(c.lists, list)
}
func (c *listColumn) values() any { return c.lists }

// numberColumn holds numbers that are always there.
type numberColumn[T any] struct {
	numbers []T
	convert func(int64) T
}

func (c *numberColumn[T]) add(v claimwatch.Value) { c.numbers = append(c.numbers, c.convert(v.Num)) }
func (c *numberColumn[T]) values() any            { return c.numbers }

// optionalColumn holds numbers that may be absent: NULL.
type optionalColumn[T any] struct {
	numbers  []T
	pointers []*T
	convert  func(int64) T
}

func (c *optionalColumn[T]) add(v claimwatch.Value) {
	if !v.Set {
		c.pointers = append(c.pointers, nil)
		return
	}
	c.numbers = append(c.numbers, c.convert(v.Num))
	c.pointers = append(c.pointers, &c.numbers[len(c.numbers)-1])
}
func (c *optionalColumn[T]) values() any { return c.pointers }

func number[T any](required bool, rows int, convert func(int64) T) valueColumn {
	if required {
		return &numberColumn[T]{make([]T, 0, rows), convert}
	}
	return &optionalColumn[T]{numbers: make([]T, 0, rows), pointers: make([]*T, 0, rows), convert: convert}
}
