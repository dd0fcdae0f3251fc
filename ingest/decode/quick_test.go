package decode

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"claimwatch"
)

// specNamed finds a field of a kind.
func specNamed(kind claimwatch.Kind, name string) claimwatch.Spec {
	return kind.Fields()[kind.Slot(name)]
}

// TestQuickTimeAgreesWithTheLibrary tries times that exist, times that do not,
// and every offset.
func TestQuickTimeAgreesWithTheLibrary(t *testing.T) {
	spec := claimwatch.CommonFields(claimwatch.Order)[keyOccurredAt]
	text := rapid.Custom(func(t *rapid.T) string {
		number := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
		fraction := rapid.SampledFrom([]string{"", ".", ".5", ".25", ".125", ".1255", ",5"}).Draw(t, "fraction")
		offset := rapid.OneOf(
			rapid.SampledFrom([]string{"Z", "z", "", "+08:00", "-00:00", "+8:00", "+0800", "±08:00", "Z "}),
			rapid.StringMatching(`[+-][0-2][0-9]:[0-6][0-9]`),
		).Draw(t, "offset")
		return fmt.Sprintf("%04d-%02d-%02d%s%02d:%02d:%02d%s%s", number("year", 1985, 2205), number("month", 0, 13), number("day", 0, 32),
			rapid.SampledFrom([]string{"T", "t", " "}).Draw(t, "T"), number("hour", 0, 25), number("minute", 0, 61), number("second", 0, 61), fraction, offset)
	})
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		got, ok := quickTime(s)
		ok = ok && got >= claimwatch.Earliest && got < claimwatch.Latest
		want, fault := testOptions.checkTime(s, spec, claimwatch.Order)
		if ok != (fault == nil) || ok && int64(got) != want.Num {
			t.Fatalf("quickTime(%q) = %d %v, want %d (%v)", s, got, ok, want.Num, fault)
		}
	})
}

// TestCivilDays walks every day from 1900 to 2200, leap years and centuries too.
func TestCivilDays(t *testing.T) {
	day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	for ; day.Year() < 2200; day = day.AddDate(0, 0, 1) {
		want := int(day.Unix() / (24 * 60 * 60))
		if got := civilDays(day.Year(), int(day.Month()), day.Day()); got != want {
			t.Fatalf("civilDays(%s) = %d, want %d", day.Format(time.DateOnly), got, want)
		}
		if last := day.AddDate(0, 0, 1).Day() == 1; last && monthDays(day.Year(), int(day.Month())) != day.Day() {
			t.Fatalf("monthDays of %s = %d", day.Format("2006-01"), monthDays(day.Year(), int(day.Month())))
		}
	}
}

// TestQuickDecimalAgreesWithTheLibrary compares with the strict pattern and
// shopspring/decimal, which share no code with it.
func TestQuickDecimalAgreesWithTheLibrary(t *testing.T) {
	specs := []claimwatch.Spec{
		specNamed(claimwatch.Fee, "quantity"), specNamed(claimwatch.Fee, "unit_price"), specNamed(claimwatch.Fee, "amount"),
		specNamed(claimwatch.IdentityCheck, "score"), specNamed(claimwatch.Order, "times_per_day"),
	}
	text := rapid.OneOf(
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,7})?`),
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,4})?`),
		rapid.StringMatching(`[-+0-9.e, ]{0,7}`),
		rapid.SampledFrom([]string{"1000000", "1000000.0001", "-1000000", "99999999.99", "100000000", "-0", "0.0000", "1.0000", "1.0001"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		s, spec := text.Draw(t, "text"), rapid.SampledFrom(specs).Draw(t, "spec")
		line := fmt.Sprintf("%q", s)
		token := token{kind: '"', valueFrom: 1, valueTo: int32(len(line) - 1)}
		got, ok := quickValue(line, &token, &spec)
		want, fault := checkDecimal(s, spec)
		if ok != (fault == nil) || ok && got != want {
			t.Fatalf("quickValue(%q) of %s = %+v %v, want %+v (%v)", s, spec.Name, got, ok, want, fault)
		}
	})
}

// TestUnescapeAgreesWithTheLibrary compares with encoding/json on strings of
// every kind of character, spelled out and escaped.
func TestUnescapeAgreesWithTheLibrary(t *testing.T) {
	pieces := []string{"a", "床", "😀", `\u5e8a`, `\ud83d\ude00`, `\uD83D\uDE00`, `\"`, `\\`, `\/`, `\u0041`, `\u00e9`, `\u0000`}
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		var want string
		if err := json.Unmarshal([]byte(`"`+raw+`"`), &want); err != nil {
			t.Fatalf("Unmarshal(%q) error:\n%+v", raw, err)
		}
		if got, ok := unescape(raw); !ok || got != want {
			t.Fatalf("unescape(%q) = %q %v, want %q", raw, got, ok, want)
		}
	})
	for _, raw := range []string{`\`, `\u`, `\u12`, `\u12g4`, `\ud800`, `\ude00`, `\ud83d\u0041`, `\ud83dx`, `\n`, `\t`, `\x`, `\u+123`} {
		if got, ok := unescape(raw); ok {
			t.Errorf("unescape(%q) = %q, want it left to the strict decoder", raw, got)
		}
	}
}

func TestQuickInteger(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "-0": 0, "7": 7, "-12": -12, "2147483648": 2147483648, "9999999999": 9999999999} {
		if got, ok := quickInteger(text); !ok || got != want {
			t.Errorf("quickInteger(%s) = %d %v, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "-", "01", "-01", "00", "10000000000"} {
		if got, ok := quickInteger(text); ok {
			t.Errorf("quickInteger(%s) = %d, want it left to the strict decoder", text, got)
		}
	}
}

// TestBoundsFindTheEnd cuts values at every place: the end must be found in the
// same place whatever the pieces.
func TestBoundsFindTheEnd(t *testing.T) {
	for _, value := range []string{`{}`, `{"a":[1,{"b":"]}\""}]}`, `"a\\"`, `"\"]"`, `[[],"[",{"x":"}"}]`, `12`, `null`} {
		text := value + ` , {"next":1}]`
		for cut := range len(text) {
			var scan bounds
			first, found := scan.end([]byte(text[:cut]))
			place := first
			if !found {
				second, ok := scan.end([]byte(text[cut:]))
				if found = ok; ok {
					place = cut + second
				}
			}
			if !found || place != len(value) {
				t.Errorf("end of %s cut at %d = %d %v, want %d", text, cut, place, found, len(value))
			}
		}
	}
}

// TestCutsKeepCharactersWhole cuts texts at every length.
func TestCutsKeepCharactersWhole(t *testing.T) {
	text := strings.Repeat("a床é😀", 40)
	for limit := range len(text) {
		cut := cutBytes([]byte(text), limit)
		if len(cut) > limit || limit-len(cut) >= utf8.UTFMax || !utf8.Valid(cut) || !strings.HasPrefix(text, string(cut)) {
			t.Fatalf("cutBytes(%d) gives %d bytes, valid %v", limit, len(cut), utf8.Valid(cut))
		}
	}
	if got := cutBytes([]byte("\xb2\xb2\xb2\xb2\xb2\xb2\xb2\xb2"), 6); len(got) > 6 {
		t.Errorf("cutBytes() of broken text = %d bytes, want at most 6", len(got))
	}
	if got, whole := cutText(text); whole || utf8.RuneCountInString(got) != maxShown {
		t.Errorf("cutText() = %d characters, whole %v", utf8.RuneCountInString(got), whole)
	}
	if got := show("say \"x\"\n"); got != `"say \"x\"\n"` {
		t.Errorf("show() = %s, want it quoted", got)
	}
}

// TestDecoderReusesNothing holds that the values of one record are not those of
// the next, over the borders of the slab.
func TestDecoderReusesNothing(t *testing.T) {
	d := New(testOptions)
	records := make([]claimwatch.Record, 3*slabSlots/len(claimwatch.Fee.Fields()))
	for i := range records {
		if fault := d.Decode(fee(i), &records[i]); fault != nil {
			t.Fatalf("Decode() error:\n%+v", fault)
		}
	}
	want, _ := Decode([]byte(fee(0)), testOptions)
	for i := range records {
		if records[i].RecordID != fmt.Sprintf("F%d", i) || !slices.Equal(records[i].Values, want.Values) {
			t.Fatalf("record %d = %+v", i, records[i])
		}
		if n := len(records[i].Values); cap(records[i].Values) != n {
			t.Fatalf("record %d has room for %d values beyond its %d", i, cap(records[i].Values)-n, n)
		}
	}
}

// TestConstantMessages holds that the same fault has the same words, whichever
// record it is in: receipts are compared.
func TestConstantMessages(t *testing.T) {
	for _, c := range recordCases {
		_, a := Decode([]byte(c.line(t)), testOptions)
		_, b := Decode([]byte(c.line(t)), testOptions)
		if c.code == "" {
			continue
		}
		if a.Message == "" || a.Message != b.Message {
			t.Errorf("%s: messages %q and %q", c.name, a.Message, b.Message)
		}
		if !utf8.ValidString(a.Message) || strings.ContainsAny(a.Message, "\n\r\x00") {
			t.Errorf("%s: message %q is no plain line", c.name, a.Message)
		}
	}
}
