package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"claimwatch"
)

// peerFee is how a fee is usually declared for encoding/json.
type peerFee struct {
	Kind           string  `json:"kind"`
	RecordID       string  `json:"record_id"`
	Revision       *int32  `json:"revision"`
	Cancelled      *bool   `json:"cancelled"`
	InstitutionID  *string `json:"institution_id"`
	PersonID       string  `json:"person_id"`
	StayID         string  `json:"stay_id"`
	OccurredAt     string  `json:"occurred_at"`
	ItemCode       string  `json:"item_code"`
	ItemName       string  `json:"item_name"`
	Category       string  `json:"category"`
	Quantity       string  `json:"quantity"`
	UnitPrice      string  `json:"unit_price"`
	Amount         string  `json:"amount"`
	OrderID        *string `json:"order_id"`
	PrescriptionID *string `json:"prescription_id"`
	PhysicianID    *string `json:"physician_id"`
	Department     *string `json:"department"`
	DaysSupply     *int32  `json:"days_supply"`
	Usage          *string `json:"usage"`
	Reverses       *string `json:"reverses"`
	SelfPay        *bool   `json:"self_pay"`
	ConsentID      *string `json:"consent_id"`
	From           *string `json:"from"`
	Until          *string `json:"until"`
	SerialNo       *string `json:"serial_no"`
}

var errPeer = errors.New("refused")

// peerDecode is the peer: encoding/json with unknown fields refused, a token
// pass for what it lets through (duplicate and other-case keys, trailing text),
// and the same checks of the fields, without regular expressions. Without keys
// it skips the token pass: what encoding/json costs at the least, with its holes.
func peerDecode(line []byte, now time.Time, keys bool) (claimwatch.Record, error) {
	var r claimwatch.Record
	if !utf8.Valid(line) {
		return r, errPeer
	}
	if keys {
		if err := peerKeys(line); err != nil {
			return r, err
		}
	}
	var fee peerFee
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&fee); err != nil {
		return r, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return r, errPeer
	}
	return peerCheck(&fee, now)
}

// peerKeys refuses keys that encoding/json would take twice or in another case.
func peerKeys(line []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	if _, err := decoder.Token(); err != nil {
		return err
	}
	seen := make(map[string]bool, 20)
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if seen[name] || name != strings.ToLower(name) {
			return errPeer
		}
		seen[name] = true
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return err
		}
	}
	return nil
}

func peerCheck(fee *peerFee, now time.Time) (r claimwatch.Record, err error) {
	occurred, err := time.Parse(time.RFC3339Nano, fee.OccurredAt)
	if err != nil || occurred.After(now.Add(5*time.Minute)) || occurred.Year() < 1990 {
		return r, errPeer
	}
	quantity, qErr := peerDecimal(fee.Quantity, 4)
	price, pErr := peerDecimal(fee.UnitPrice, 6)
	amount, aErr := peerDecimal(fee.Amount, 2)
	if qErr != nil || pErr != nil || aErr != nil || quantity.IsZero() || price.IsNegative() {
		return r, errPeer
	}
	if amount.Sub(quantity.Mul(price).Round(2)).Abs().GreaterThan(decimal.New(1, -2)) {
		return r, errPeer
	}
	if (quantity.IsNegative() || amount.IsNegative()) && fee.Reverses == nil {
		return r, errPeer
	}
	for _, id := range []*string{&fee.RecordID, &fee.PersonID, &fee.StayID, fee.OrderID, fee.PrescriptionID, fee.PhysicianID, fee.Reverses, fee.ConsentID} {
		if id != nil && !peerID(*id) {
			return r, errPeer
		}
	}
	for _, text := range []*string{&fee.ItemCode, &fee.ItemName, &fee.Category, fee.Department, fee.Usage, fee.SerialNo} {
		if text != nil && (utf8.RuneCountInString(*text) > 256 || checkControl("", *text) != nil) {
			return r, errPeer
		}
	}
	text := func(s string) claimwatch.Value { return claimwatch.Value{Text: s, Set: true} }
	r = claimwatch.Record{
		Kind: claimwatch.Fee, Revision: 1, RecordID: fee.RecordID, PersonID: fee.PersonID, StayID: fee.StayID,
		OccurredAt: claimwatch.InstantOf(occurred), Values: make([]claimwatch.Value, len(claimwatch.Fee.Fields())),
	}
	r.Values[0], r.Values[1], r.Values[2] = text(fee.ItemCode), text(fee.ItemName), text(fee.Category)
	r.Values[feeAmount] = claimwatch.Value{Num: amount.Shift(2).IntPart(), Set: true}
	return r, nil
}

func peerDecimal(s string, places int) (decimal.Decimal, error) {
	_, fraction, _ := strings.Cut(s, ".")
	if s == "" || len(fraction) > places || strings.Trim(s, "-.0123456789") != "" {
		return decimal.Decimal{}, errPeer
	}
	return decimal.NewFromString(s)
}

func peerID(s string) bool {
	return s != "" && len(s) <= maxIDLength && classOf(s)&classNotID == 0
}

// benchLines are fees as hospitals send them, all different.
func benchLines() []string {
	rng := rand.New(rand.NewPCG(5, 6))
	lines := make([]string, 2000)
	for i := range lines {
		line := strings.Replace(feeLine, "000123", strconv.Itoa(100000+i), 1)
		lines[i] = strings.Replace(line, "P00012345", fmt.Sprintf("P%08d", rng.IntN(1_000_000)), 1)
	}
	return lines
}

// BenchmarkDecode compares one record through each decoder: the peer, the
// library-based decoder, and the one in use.
func BenchmarkDecode(b *testing.B) {
	lines := benchLines()
	size := int64(len(lines[0]))
	for name, keys := range map[string]bool{"encoding-json": true, "encoding-json-without-key-checks": false} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			now := testNow.Time()
			for i := 0; b.Loop(); i++ {
				if _, err := peerDecode([]byte(lines[i%len(lines)]), now, keys); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("jsontext", func(b *testing.B) {
		b.SetBytes(size)
		b.ReportAllocs()
		var r claimwatch.Record
		for i := 0; b.Loop(); i++ {
			if fault := strictDecode(lines[i%len(lines)], testOptions, &r); fault != nil {
				b.Fatal(fault)
			}
		}
	})
	b.Run("claimwatch", func(b *testing.B) {
		b.SetBytes(size)
		b.ReportAllocs()
		decoder := New(testOptions)
		var r claimwatch.Record
		for i := 0; b.Loop(); i++ {
			if fault := decoder.Decode(lines[i%len(lines)], &r); fault != nil {
				b.Fatal(fault)
			}
		}
	})
	b.Run("claimwatch-refused", func(b *testing.B) {
		b.ReportAllocs()
		decoder := New(testOptions)
		var r claimwatch.Record
		bad := strings.Replace(feeLine, `"35.00","order`, `"3x","order`, 1)
		for b.Loop() {
			if fault := decoder.Decode(bad, &r); fault == nil {
				b.Fatal("accepted")
			}
		}
	})
}

// BenchmarkReader reads a body of 2,000 fees in each form.
func BenchmarkReader(b *testing.B) {
	lines := benchLines()
	for _, c := range []struct {
		name string
		form Form
		body string
	}{
		{"ndjson", NDJSON, strings.Join(lines, "\n")},
		{"array", Array, "[" + strings.Join(lines, ",\n") + "]"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.body)))
			b.ReportAllocs()
			for b.Loop() {
				r := NewReader(strings.NewReader(c.body), c.form, testOptions)
				for {
					item, err := r.Next()
					if errors.Is(err, io.EOF) {
						break
					}
					if err != nil || item.Refusal != nil {
						b.Fatal(err, item.Refusal)
					}
				}
			}
			b.ReportMetric(float64(b.N*len(lines))/b.Elapsed().Seconds(), "records/s")
		})
	}
}
