package oracle_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/province/adversary"
	"claimwatch/rules/oracle"
)

type wd struct {
	r []claimwatch.Record
	m map[string][]map[string]string
	a claimwatch.Instant
}

func TestExplore(t *testing.T) {
	from, _ := strconv.Atoi(os.Getenv("FROM"))
	to, _ := strconv.Atoi(os.Getenv("TO"))
	p := newProduct(t)
	gen := rapid.Custom(func(t *rapid.T) wd { r, m, a := adversary.World(t); return wd{r, m, a} })
	seen := map[string]int{}
	start := time.Now()
	n := 0
	for s := from; s < to; s++ {
		w := gen.Example(s)
		n++
		diff := func(w wd) []string {
			got, err := p.evaluate(t.Context(), w.r, w.m, w.a)
			if err != nil {
				t.Fatalf("%+v", err)
			}
			want := oracle.Evaluate(w.r, w.m, w.a, true)
			g, x := told(got), told(want)
			gm, xm := map[string]bool{}, map[string]bool{}
			for _, l := range g {
				gm[l] = true
			}
			for _, l := range x {
				xm[l] = true
			}
			var out []string
			for _, l := range g {
				if !xm[l] {
					out = append(out, "- "+l)
				}
			}
			for _, l := range x {
				if !gm[l] {
					out = append(out, "+ "+l)
				}
			}
			for _, ne := range got.NotEvaluated {
				if strings.Contains(ne.Reason, "error") {
					out = append(out, "! "+ne.Rule+" "+ne.Reason)
				}
			}
			return out
		}
		d := diff(w)
		if len(d) == 0 {
			continue
		}
		sig := func(d []string) string {
			m := map[string]bool{}
			var o []string
			for _, l := range d {
				k := l[:9]
				if strings.HasSuffix(l, "not evaluated") {
					k += "ne"
				}
				if !m[k] {
					m[k] = true
					o = append(o, k)
				}
			}
			return strings.Join(o, ",")
		}
		k := sig(d)
		seen[k]++
		if seen[k] > 2 {
			continue
		}
		// greedy minimise: keep any difference of the first rule
		first := d[0][2:9]
		has := func(d []string) bool {
			for _, l := range d {
				if l[2:9] == first {
					return true
				}
			}
			return false
		}
		for i := len(w.r) - 1; i >= 0; i-- {
			v := w
			v.r = append(append([]claimwatch.Record{}, w.r[:i]...), w.r[i+1:]...)
			if has(diff(v)) {
				w = v
			}
		}
		for i := len(w.m["items"]) - 1; i >= 0; i-- {
			v := w
			v.m = map[string][]map[string]string{}
			for k, x := range w.m {
				v.m[k] = x
			}
			v.m["items"] = append(append([]map[string]string{}, w.m["items"][:i]...), w.m["items"][i+1:]...)
			if has(diff(v)) {
				w = v
			}
		}
		fmt.Printf("==== seed %d sig %s as of %s\n%s\n%s\n", s, k, w.a.Subject(), strings.Join(diff(w), "\n"), story(w.r, w.m))
	}
	fmt.Println("worlds", n, "took", time.Since(start), "signatures", seen)
	_ = gocmp.Diff
}
