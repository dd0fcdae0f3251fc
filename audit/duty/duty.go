package duty

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// Deed is one entry of the journal, as far as it is somebody's.
type Deed struct {
	Seq      uint64
	At       claimwatch.Instant
	Key      string // id of the key, or system
	Type     string // of the entry
	What     string // the decision, or the step of a register; empty where the type says it all
	Maker    string // who proposed what this deed has confirmed or declined
	Declined bool
	Rejected claimwatch.Fen // what it took; negative: what it gave back
	Released claimwatch.Fen // amount of the finding that it let go
	// Waited is for how many milliseconds a finding that it rejects or releases was
	// notified; 0 for anything else.
	Waited int64
}

// Book is every deed of the agency and of the product itself, in the order of the
// journal. The zero Book is empty.
type Book struct {
	deeds []Deed
	roles map[string][]claimwatch.CallerRole
}

// Add takes a deed of a key that had roles.
func (b *Book) Add(d Deed, roles []claimwatch.CallerRole) {
	if b.roles == nil {
		b.roles = map[string][]claimwatch.CallerRole{}
	}
	b.roles[d.Key] = roles
	b.deeds = append(b.deeds, d)
}

// EntryCount is how often somebody did one thing.
type EntryCount struct {
	Type string `json:"type" doc:"of the entries"`
	What string `json:"what,omitempty" doc:"the decision, or register and step"`
	N    int    `json:"n"`
}

// KeyDuty is what one key did. A key is a person.
type KeyDuty struct {
	Key       string                  `json:"key" doc:"id of the key, or system"`
	Roles     []claimwatch.CallerRole `json:"roles" nullable:"false" doc:"with which it acted last"`
	Entries   int                     `json:"entries"`
	Counts    []EntryCount            `json:"counts" nullable:"false"`
	Rejected  claimwatch.Fen          `json:"rejected" doc:"by decisions that took effect with this key"`
	GivenBack claimwatch.Fen          `json:"given_back" doc:"overturned, reopened, adjusted"`
	Released  claimwatch.Fen          `json:"released" doc:"gross amount of findings that it released"`
	Maker     int                     `json:"maker" doc:"proposals that somebody else has confirmed or declined"`
	Checker   int                     `json:"checker" doc:"proposals of others that it has confirmed or declined"`
	Decided   int                     `json:"decided" doc:"notified findings that it rejected or released"`
	Median    *int64                  `json:"decided_after_seconds" doc:"median of the time from notice to that decision, of two middle ones the shorter"`
}

// CheckedPair is a maker and a checker. Two who always check each other are worth a look.
type CheckedPair struct {
	Maker     string         `json:"maker"`
	Checker   string         `json:"checker"`
	Confirmed int            `json:"confirmed"`
	Declined  int            `json:"declined"`
	OfMaker   int            `json:"of_maker" doc:"all proposals of the maker that anybody has confirmed or declined"`
	OfChecker int            `json:"of_checker" doc:"all that the checker has confirmed or declined"`
	Rejected  claimwatch.Fen `json:"rejected"`
	Mutual    bool           `json:"mutual" doc:"they check each other"`
}

// PeopleReport is who did what within an interval.
type PeopleReport struct {
	Keys  []KeyDuty     `json:"keys" nullable:"false" doc:"those with most entries first"`
	Pairs []CheckedPair `json:"pairs" nullable:"false" doc:"the most frequent first"`
}

// Within adds up the deeds of an interval.
func (b *Book) Within(in claimwatch.Interval) PeopleReport {
	keys, waits := map[string]*KeyDuty{}, map[string][]int64{}
	of := func(key string) *KeyDuty {
		if keys[key] == nil {
			keys[key] = &KeyDuty{Key: key, Roles: slices.Clone(b.roles[key]), Counts: []EntryCount{}}
			if keys[key].Roles == nil {
				keys[key].Roles = []claimwatch.CallerRole{}
			}
		}
		return keys[key]
	}
	pairs := map[[2]string]*CheckedPair{}
	for i := range b.deeds {
		d := &b.deeds[i]
		if !in.Contains(d.At) {
			continue
		}
		of(d.Key).add(d)
		if d.Waited > 0 {
			waits[d.Key] = append(waits[d.Key], d.Waited)
		}
		if d.Maker == "" || d.Maker == d.Key {
			continue
		}
		of(d.Maker).Maker++
		of(d.Key).Checker++
		who := [2]string{d.Maker, d.Key}
		if pairs[who] == nil {
			pairs[who] = &CheckedPair{Maker: d.Maker, Checker: d.Key}
		}
		pairs[who].add(d)
	}
	for key, list := range waits {
		slices.Sort(list)
		median := list[(len(list)-1)/2] / 1000
		keys[key].Decided, keys[key].Median = len(list), &median
	}
	return report(keys, pairs)
}

func (k *KeyDuty) add(d *Deed) {
	k.Entries++
	k.Rejected += max(0, d.Rejected)
	k.GivenBack += max(0, -d.Rejected)
	k.Released += d.Released
	at := slices.IndexFunc(k.Counts, func(c EntryCount) bool { return c.Type == d.Type && c.What == d.What })
	if at < 0 {
		at, k.Counts = len(k.Counts), append(k.Counts, EntryCount{Type: d.Type, What: d.What})
	}
	k.Counts[at].N++
}

func (p *CheckedPair) add(d *Deed) {
	if d.Declined {
		p.Declined++
	} else {
		p.Confirmed++
	}
	p.Rejected += max(0, d.Rejected)
}

// report puts what was added up into its order.
func report(keys map[string]*KeyDuty, pairs map[[2]string]*CheckedPair) PeopleReport {
	out := PeopleReport{Keys: []KeyDuty{}, Pairs: []CheckedPair{}}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		k := *keys[key]
		slices.SortFunc(k.Counts, func(x, y EntryCount) int {
			return cmp.Or(cmp.Compare(y.N, x.N), strings.Compare(x.Type, y.Type), strings.Compare(x.What, y.What))
		})
		out.Keys = append(out.Keys, k)
	}
	for who, pair := range pairs {
		p := *pair
		_, p.Mutual = pairs[[2]string{who[1], who[0]}]
		p.OfMaker, p.OfChecker = keys[p.Maker].Maker, keys[p.Checker].Checker
		out.Pairs = append(out.Pairs, p)
	}
	slices.SortStableFunc(out.Keys, func(x, y KeyDuty) int { return cmp.Compare(y.Entries, x.Entries) })
	slices.SortFunc(out.Pairs, func(x, y CheckedPair) int {
		return cmp.Or(cmp.Compare(y.Confirmed+y.Declined, x.Confirmed+x.Declined), strings.Compare(x.Maker, y.Maker), strings.Compare(x.Checker, y.Checker))
	})
	return out
}
