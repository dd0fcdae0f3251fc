package decode

import "claimwatch"

// The common fields as the scanner numbers them; a kind's further fields follow.
const (
	keyKind = iota
	keyRecordID
	keyRevision
	keyCancelled
	keyInstitutionID
	keyPersonID
	keyStayID
	keyOccurredAt
	commonKeys
)

// keyTable finds the fields of one kind by name: a small open hash table, for
// a map costs more than all the rest of reading a member.
type keyTable struct {
	buckets  [keyBuckets]keyEntry
	specs    []claimwatch.Spec // common fields first
	required uint64            // a bit for each field that must be there
}

const keyBuckets = 64

type keyEntry struct {
	name  string
	index int8
}

// keyTables holds the table of each kind.
var keyTables = buildKeyTables()

func buildKeyTables() (tables [kindCount]keyTable) {
	for _, kind := range claimwatch.Kinds() {
		table := &tables[kind]
		table.specs = append(claimwatch.CommonFields(kind), kind.Fields()...)
		for index, spec := range table.specs {
			bucket := keyHash(spec.Name)
			for table.buckets[bucket].name != "" {
				bucket = (bucket + 1) % keyBuckets
			}
			table.buckets[bucket] = keyEntry{name: spec.Name, index: int8(index)}
			if spec.Required {
				table.required |= 1 << index
			}
		}
	}
	return tables
}

func keyHash(name string) int {
	last := len(name) - 1
	return (last*9 + int(name[0])*5 + int(name[last])*3 + int(name[last/2])) % keyBuckets
}

// find gives the number of a field, -1 when the kind has none of that name.
func (t *keyTable) find(name string) int {
	if name == "" {
		return -1
	}
	for bucket := keyHash(name); t.buckets[bucket].name != ""; bucket = (bucket + 1) % keyBuckets {
		if t.buckets[bucket].name == name {
			return int(t.buckets[bucket].index)
		}
	}
	return -1
}
