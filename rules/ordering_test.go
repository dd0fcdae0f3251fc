package rules

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// The order is checked against the rules; without the file it is that of the codes.
func TestOrderOfTheCatalogue(t *testing.T) {
	for name, test := range map[string]struct {
		file, order, faults string
	}{
		"good":           {"- RX-001\n- AAA-002\n- AAA-001\n", "[RX-001 AAA-002 AAA-001]", "[]"},
		"absent":         {"", "[AAA-001 AAA-002]", "[]"},
		"twice":          {"- AAA-002\n- AAA-001\n- AAA-002\n", "[AAA-002 AAA-001 AAA-002]", "[order.yaml:1: AAA-002 stands here twice]"},
		"no code":        {"- AAA-002\n- AAA-001\n- aaa-1\n", "[AAA-002 AAA-001 aaa-1]", "[order.yaml:3: aaa-1 must be like ADM-001]"},
		"without a rule": {"- AAA-002\n", "[AAA-002]", "[order.yaml:1: AAA-001 has no place in the order]"},
	} {
		library := &Library{rules: []*Rule{{Code: "AAA-001"}, {Code: "AAA-002"}}}
		root := fstest.MapFS{}
		if test.file != "" {
			root[orderFile] = &fstest.MapFile{Data: []byte(test.file)}
		}
		faults := fmt.Sprint([]Fault(library.readOrder(root)))
		if diff := cmp.Diff([]string{fmt.Sprint(library.Order()), faults}, []string{test.order, test.faults}); diff != "" {
			t.Errorf("%s (-got, +want):\n%s", name, diff)
		}
	}
	library, err := Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	if order := library.Order(); len(order) != 69 || order[5] != "IDN-001" || order[7] != "IDN-005" {
		t.Errorf("order of the embedded library: %v", order)
	}
}
