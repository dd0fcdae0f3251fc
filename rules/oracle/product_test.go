package oracle_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/rules/oracle"
	"claimwatch/store"
	"claimwatch/store/storetest"
)

// product evaluates worlds with the library on the store.
type product struct {
	db     *store.DB
	engine *rules.Engine
	loads  uint64 // of reference tables: each has a number of its own
}

func newProduct(t testing.TB) *product {
	t.Helper()
	db := storetest.Open(t)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatalf("Migrate() error:\n%+v", err)
	}
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	slice, err := db.NewSlice(t.Context(), "worlds")
	if err != nil {
		t.Fatalf("NewSlice() error:\n%+v", err)
	}
	t.Cleanup(func() {
		if err := slice.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close() error:\n%+v", err)
		}
	})
	log := zaptest.NewLogger(t, zaptest.Level(zap.WarnLevel))
	return &product{db: db, engine: rules.NewEngine(library, slice, nil, log)}
}

// evaluate replaces what the store holds by a log and reference rows and asks
// about all persons and institutions at once.
func (p *product) evaluate(
	ctx context.Context, log []oracle.Received, ref oracle.Reference, asOf claimwatch.Instant, wall bool,
) (result oracle.Result, err error) {
	if err := p.load(ctx, log, ref); err != nil {
		return result, err
	}
	// There is no sink here to keep clocks: presents come out of the records.
	answers, err := p.engine.Evaluate(ctx, scopes(log), claimwatch.Moment{AsOf: asOf, Wall: wall, Exact: true})
	if err != nil {
		return result, fmt.Errorf("evaluate: %w", err)
	}
	for _, a := range answers {
		result.Findings = append(result.Findings, a.Findings...)
		result.NotEvaluated = append(result.NotEvaluated, a.NotEvaluated...)
	}
	return result, nil
}

// scopes are the persons and the institutions that records name.
func scopes(log []oracle.Received) []claimwatch.Scope {
	seen := map[claimwatch.Scope]bool{}
	for i := range log {
		seen[claimwatch.PersonScope(log[i].PersonID)] = true
		seen[claimwatch.InstitutionScope(log[i].InstitutionID)] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func (p *product) load(ctx context.Context, log []oracle.Received, ref oracle.Reference) error {
	if err := p.db.Exec(ctx, "TRUNCATE ALL TABLES FROM `"+p.db.Database()+"`"); err != nil {
		return fmt.Errorf("empty store: %w", err)
	}
	var stored []claimwatch.Stored
	for i, r := range oracle.AcceptedReceived(log) {
		stored = append(stored, claimwatch.Stored{
			Record: &r.Record, Position: claimwatch.Position{Offset: int64(i)}, ReceivedAt: r.ReceivedAt, Hash: r.ContentHash(),
		})
	}
	if err := p.db.InsertRecords(ctx, stored); err != nil {
		return fmt.Errorf("insert records: %w", err)
	}
	if err := p.db.InsertConflicts(ctx, conflicts(log)); err != nil {
		return fmt.Errorf("insert conflicts: %w", err)
	}
	for table, rows := range ref {
		if err := p.loadTable(ctx, table, rows); err != nil {
			return fmt.Errorf("load %s: %w", table, err)
		}
	}
	return nil
}

// conflicts are the second contents of a log as the sink notes them.
func conflicts(log []oracle.Received) (refused []claimwatch.Conflict) {
	type revision struct {
		of     claimwatch.Identity
		number int32
	}
	stands := map[revision]oracle.Received{}
	kept := oracle.AcceptedReceived(log)
	for i, r := range log {
		key, hash := revision{r.Identity(), r.Revision}, r.ContentHash()
		first, met := stands[key]
		switch {
		case len(kept) > 0 && kept[0].Identity() == key.of && kept[0].Revision == key.number && kept[0].ContentHash() == hash:
			stands[key], kept = r, kept[1:]
		case met && first.ContentHash() != hash:
			refused = append(refused, claimwatch.Conflict{
				Identity: key.of, Revision: key.number, PersonID: first.PersonID, StayID: first.StayID,
				ReceivedAt: r.ReceivedAt, Position: claimwatch.Position{Offset: int64(i)},
			})
		}
	}
	return refused
}

// loadTable loads rows as one load of the journal.
func (p *product) loadTable(ctx context.Context, table string, rows []map[string]string) error {
	p.loads++
	spec, _ := claimwatch.TableNamed(table)
	names := []string{"seq", "line", "known_from", "void", "actor"}
	for _, c := range spec.Columns {
		names = append(names, "`"+c.Name+"`")
	}
	if len(rows) > 0 {
		query := "INSERT INTO ref_" + table + " (" + strings.Join(names, ", ") + ")"
		err := p.db.Insert(ctx, query, func(b driver.Batch) error {
			for i, row := range rows {
				values := []any{p.loads, uint32(i + 1), claimwatch.Instant(0).Time(), false, "test"}
				for _, c := range spec.Columns {
					value, err := columnValue(c, row[c.Name])
					if err != nil {
						return fmt.Errorf("row %d, column %s: %w", i, c.Name, err)
					}
					values = append(values, value)
				}
				if err := b.Append(values...); err != nil {
					return fmt.Errorf("append row %d: %w", i, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return p.db.Exec(ctx, "INSERT INTO ref_loads (table_name, seq, loaded_at, actor, rows) VALUES ('"+table+"', "+strconv.FormatUint(p.loads, 10)+", 0, 'test', 0)")
}

// columnValue reads a column as uploaded into the store's type; absent is NULL
// where the column may be.
func columnValue(c claimwatch.Column, text string) (any, error) {
	number := func(decimals int) (int64, error) {
		n, fault := claimwatch.ParseDecimal(text, decimals, 1<<60)
		if fault != "" {
			return 0, fmt.Errorf("read %q: %s", text, fault)
		}
		return n, nil
	}
	nullable := c.Type != claimwatch.ColumnList && c.Type != claimwatch.ColumnText &&
		c.Type != claimwatch.ColumnID && c.Type != claimwatch.ColumnWord && c.Type != claimwatch.ColumnItem && c.Type != claimwatch.ColumnHash
	if text == "" && nullable {
		return nil, nil //nolint:nilnil // NULL of the store
	}
	switch c.Type {
	case claimwatch.ColumnList:
		return strings.FieldsFunc(text, func(r rune) bool { return r == ';' }), nil
	case claimwatch.ColumnBool:
		return text == "true", nil
	case claimwatch.ColumnInt:
		n, err := number(0)
		return int32(n), err
	case claimwatch.ColumnAmount:
		return number(2)
	case claimwatch.ColumnPrice:
		return number(6)
	case claimwatch.ColumnNumber:
		return number(4)
	case claimwatch.ColumnDay:
		d, err := claimwatch.ParseDay(text)
		return d.Date(), err
	default:
		return text, nil
	}
}
