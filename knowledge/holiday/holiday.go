package holiday

import (
	_ "embed" // the years
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"claimwatch"
)

//go:embed years.json
var yearsFile []byte

// Year is what the papers of one year name. Days of the December before may be
// among them; a year without papers is not known yet.
type Year struct {
	Year   int      `json:"year"`
	Papers []string `json:"papers"`
	Days   []Named  `json:"days"`
}

// Named is a day that a paper names: a day off, or a weekend that is worked.
type Named struct {
	Name string         `json:"name"`
	Date claimwatch.Day `json:"date"`
	Off  bool           `json:"isOffDay"`
}

// Day is a day of the calendar.
type Day struct {
	Day     claimwatch.Day
	Working bool
	Source  string // the papers that settle it
}

// Shipped gives the years that come with the product.
func Shipped() ([]Year, error) {
	var years []Year
	if err := json.Unmarshal(yearsFile, &years); err != nil {
		return nil, fmt.Errorf("read the shipped calendar: %w", err)
	}
	return years, nil
}

// Parse reads the file of one year.
func Parse(body []byte) (Year, error) {
	var y Year
	if err := json.Unmarshal(body, &y); err != nil {
		return y, fmt.Errorf("read year: %w", err)
	}
	first, last := dayOf(y.Year-1, time.December, 1), dayOf(y.Year, time.December, 31)
	for _, named := range y.Days {
		if named.Date < first || named.Date > last {
			return y, fmt.Errorf("read year %d: its paper cannot name %s", y.Year, named.Date)
		}
	}
	if len(y.Days) > 0 && len(y.Papers) == 0 {
		return y, fmt.Errorf("read year %d: days without a paper", y.Year)
	}
	return y, nil
}

// openDays are the last days of December that the paper of the year after may
// still move; no paper has ever moved an earlier one.
const openDays = 3

// Calendar gives every day that is settled, in order: Monday to Friday is
// worked unless a paper says otherwise. Of years given twice the later counts.
// A year without papers gives no day, and leaves the end of the December before open.
func Calendar(years ...Year) []Day {
	known := map[int]Year{}
	for _, y := range years {
		if len(y.Papers) > 0 {
			known[y.Year] = y
		}
	}
	named := map[claimwatch.Day]Day{}
	var numbers []int
	for number, y := range known {
		numbers = append(numbers, number)
		for _, n := range y.Days {
			named[n.Date] = Day{Day: n.Date, Working: !n.Off, Source: y.source()}
		}
	}
	slices.Sort(numbers)
	var days []Day
	for _, number := range numbers {
		last := dayOf(number, time.December, 31)
		if _, settled := known[number+1]; !settled {
			last -= openDays
		}
		for day := dayOf(number, time.January, 1); day <= last; day++ {
			d, special := named[day]
			if !special {
				weekday := day.Date().Weekday()
				d = Day{Day: day, Working: weekday != time.Saturday && weekday != time.Sunday, Source: known[number].source()}
			}
			days = append(days, d)
		}
	}
	return days
}

const sourceMark = "State Council: "

// maxPapers is how many addresses fit a source of 256 characters.
const maxPapers = 3

func (y Year) source() string {
	return sourceMark + strings.Join(y.Papers[:min(maxPapers, len(y.Papers))], " ")
}

func dayOf(year int, month time.Month, day int) claimwatch.Day {
	return claimwatch.Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
