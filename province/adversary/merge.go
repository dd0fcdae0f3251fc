package adversary

import (
	"maps"
	"slices"
)

// Merge puts worlds side by side into one: the tables that were loaded, the
// shared ones among them, the moment and the clock are those of the first. The
// worlds must have been tagged.
func Merge(worlds []Drawn) Drawn {
	all := Drawn{Reference: map[string][]map[string]string{}, AsOf: worlds[0].AsOf, Wall: worlds[0].Wall}
	for table, rows := range worlds[0].Reference {
		all.Reference[table] = slices.Clone(rows)
	}
	for i, w := range worlds {
		all.Records = append(all.Records, w.Records...)
		all.ReceivedAt = append(all.ReceivedAt, w.ReceivedAt...)
		for table := range all.Reference {
			if i > 0 && !slices.Contains(Shared(), table) {
				all.Reference[table] = append(all.Reference[table], w.Reference[table]...)
			}
		}
	}
	return all
}

// Alone says that a world cannot stand beside others: an item of a nursing level
// that holds everywhere has a say in what every institution may charge for that
// level (FEE-015).
func (w Drawn) Alone() bool {
	return slices.ContainsFunc(w.Reference["items"], func(row map[string]string) bool {
		return row["nursing_level"] != "" && row["region"] == ""
	})
}

// Judged gives the world as it stands among others that Merge puts behind the
// first: with the first one's moment, clock, shared and loaded tables.
func (w Drawn) Judged(first Drawn) Drawn {
	out := w
	out.AsOf, out.Wall, out.Reference = first.AsOf, first.Wall, map[string][]map[string]string{}
	for table, rows := range first.Reference {
		if slices.Contains(Shared(), table) {
			out.Reference[table] = rows
			continue
		}
		out.Reference[table] = w.Reference[table]
		if out.Reference[table] == nil {
			out.Reference[table] = []map[string]string{}
		}
	}
	return out
}

// Less gives worlds with one of so many parts of the records, or of the rows of a
// table, less; those of more parts than there are records or rows only where
// fewer parts have not taken them one by one. Tables that are shared stay whole,
// for only the first of many worlds has a say in them: see LessShared.
func (w Drawn) Less(parts int) []Drawn {
	var out []Drawn
	each(len(w.Records), parts, func(from, until int) {
		fewer := w
		fewer.Records = slices.Delete(slices.Clone(w.Records), from, until)
		fewer.ReceivedAt = slices.Delete(slices.Clone(w.ReceivedAt), from, until)
		out = append(out, fewer)
	})
	for _, table := range slices.Sorted(maps.Keys(w.Reference)) {
		if !slices.Contains(Shared(), table) {
			out = append(out, w.lessOf(table, parts)...)
		}
	}
	return out
}

// LessShared gives worlds with one of so many parts of the shared tables less.
// Each must be the first of its store to be judged by them.
func (w Drawn) LessShared(parts int) []Drawn {
	var out []Drawn
	for _, table := range Shared() {
		out = append(out, w.lessOf(table, parts)...)
	}
	return out
}

func (w Drawn) lessOf(table string, parts int) []Drawn {
	var out []Drawn
	each(len(w.Reference[table]), parts, func(from, until int) {
		fewer := w
		fewer.Reference = maps.Clone(w.Reference)
		fewer.Reference[table] = slices.Delete(slices.Clone(w.Reference[table]), from, until)
		out = append(out, fewer)
	})
	return out
}

// each calls for each of the parts of n things, unless half as many parts had no
// more than one thing each.
func each(n, parts int, call func(from, until int)) {
	if n == 0 || parts/2 >= n {
		return
	}
	size := (n + parts - 1) / parts
	for from := 0; from < n; from += size {
		call(from, min(from+size, n))
	}
}
