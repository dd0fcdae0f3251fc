package reference

import (
	"cmp"
	"fmt"
	"slices"

	"claimwatch"
)

// maxFaults bounds an answer; what is beyond is counted in its last fault.
const maxFaults = 10_000

// faults gathers everything that is wrong with a file.
type faults struct {
	list []claimwatch.Fault
	more int
}

func (f *faults) add(line int, column string, code claimwatch.Code, format string, args ...any) {
	if len(f.list) >= maxFaults {
		f.more++
		return
	}
	f.list = append(f.list, claimwatch.Fault{Line: line, Column: column, Code: code, Message: fmt.Sprintf(format, args...)})
}

// err is nil when there is no fault, otherwise the refusal with every fault in
// the order of the file.
func (f *faults) err(table string) error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b claimwatch.Fault) int { return cmp.Compare(a.Line, b.Line) })
	count := len(f.list) + f.more
	if f.more > 0 {
		last := f.list[len(f.list)-1].Line
		f.list = append(f.list, claimwatch.Fault{Line: last, Code: claimwatch.CodeInvalid, Message: fmt.Sprintf("and %d more faults", f.more)})
	}
	refusal := claimwatch.Refuse(claimwatch.CodeInvalid, "table %s: %d faults, nothing was changed", table, count)
	refusal.Faults = f.list
	return refusal
}
