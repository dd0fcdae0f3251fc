package claimwatch

// ColumnType is how a column of a reference table is spelled.
type ColumnType uint8

// The types of reference columns. Days are local days, amounts yuan with two
// decimals, prices with six, numbers with four, booleans true/false (CSV also
// 1/0), lists ;-separated.
const (
	ColumnID ColumnType = iota + 1
	ColumnItem
	ColumnText
	ColumnWord
	ColumnBool
	ColumnInt
	ColumnAmount // two decimals, fen
	ColumnPrice  // six decimals
	ColumnNumber // four decimals
	ColumnDay
	ColumnTime
	ColumnMonth
	ColumnList
	ColumnHash
)

// Column describes one column of a reference table.
type Column struct {
	Name     string
	Type     ColumnType
	Key      bool // part of the key
	Optional bool // may be empty, also in a key
	Words    []string
	Min, Max int64 // ColumnInt
}

// Table describes a reference table (contract, section 4). Every table also
// takes void, and every row has known_from, the time of its load.
type Table struct {
	Name    string
	Columns []Column
	Within  [2]string // names of valid-from and valid-until columns whose rows of one key must not overlap; empty: none
}

func key(c Column) Column { c.Key = true; return c }
func opt(c Column) Column { c.Optional = true; return c }

func col(name string, t ColumnType) Column { return Column{Name: name, Type: t} }
func colWord(name string, words ...string) Column {
	return Column{Name: name, Type: ColumnWord, Words: words}
}

func colInt(name string, least, most int64) Column {
	return Column{Name: name, Type: ColumnInt, Min: least, Max: most}
}

// Tables lists every reference table of the contract.
func Tables() []Table { return tables }

// TableNamed finds a table by name.
func TableNamed(name string) (Table, bool) {
	for _, t := range tables {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// Void is the column that every table takes: true withdraws the row.
var Void = Column{Name: "void", Type: ColumnBool, Optional: true}

// RuleParameters is the table of published values of parameters of rules. It is
// written by POST /v1/rules/{code}/parameters, which knows what may be set.
const RuleParameters = "rule_parameters"

// PublishedParameter is a value of a rule's parameter that replaces the default
// for service dates on the local days [From, Until), in one city or, with none,
// everywhere.
type PublishedParameter struct {
	ID                string // of the publication
	Rule, Name, Value string // value as it was published, in the parameter's unit
	City              string
	From, Until       Day
	Seq               uint64 // journal entry of the publication: of two for one city and day the later counts
}

// Law says that a law is in force on the local days [From, Until), as a row of
// the reference table laws has it.
type Law struct {
	ID          string
	From, Until Day
}

// WhitelistRow suppresses the findings that it matches, as a row of the reference
// table whitelist has it (rules.md 1.22). An empty column but the rule's matches
// everything.
type WhitelistRow struct {
	ID, Rule                string
	InstitutionID, PersonID string
	DiagnosisPrefix         string // of the primary diagnosis of the finding's stay
	SeriesID                string // registered periodic therapy
	ExpiresOn               Day    // the last local day on which a finding may begin
}

// Knowledge is what the rules know beside the rows that their queries read.
type Knowledge struct {
	Loaded    map[string]bool           // reference tables that were ever loaded
	Laws      []Law                     // when each is in force
	Whitelist map[string][]WhitelistRow // by rule, each in order of the ids
}
