package nhsa

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// reading is what a row says of each of its items, or why that cannot be said
// in the columns of a reference table.
type reading struct {
	kind    string              // of the list
	said    []map[string]string // each one column of items, or a row of item_limits
	leave   string
	reserve string // what the columns say less well than the row
}

const (
	typeOperations = "限定主次操作"

	whyAge       = "the age group is none of 新生儿, 婴幼儿, 儿童"
	whySex       = "the sex is neither 男 nor 女"
	whyLevel     = "the level is none of 一级, 二级, 三级"
	whyVisit     = "the visit is neither 住院 nor 门诊"
	whyEmergency = "emergency or inpatient: items.visit knows one of inpatient and outpatient"
	whyInsurance = "the insurance is neither 工伤 nor 生育"
	whyCourse    = "the course is no number of days"
	whyType      = "no table has a column for this kind of limit"
	whyUnit      = "the unit is none of 日, 天 and 24 小时"
	whyPeriod    = "frequency and period are no numbers from 1"
	whyRemark    = "the remark is no limit that a table can hold"

	noteAge     = "a table knows ages in full years: 新生儿 is below 1, 婴幼儿 below 3, 儿童 below 18"
	noteCourse  = "days paid are counted anew in windows of twice as many days"
	noteStay    = "the limit is one of a single stay; it is counted in windows of twice as many days"
	noteUnits   = "days paid are counted as units charged, one a day or one an interval, in windows of twice as many days"
	noteWorking = "the youngest working age is held; the oldest depends on sex, trade and year of birth, and no column can say that"
	noteHours   = "nothing is written: items.hour_unit must say so, then FEE-010 holds 24 hours a day"
	noteScope   = "nothing is written: items.in_scope is a decision of the agency; what differs is named"
)

// understand reads a row that limits an item or a name.
func (l layout) understand(cells []string) reading {
	value, note := l.cell(cells, colValue), l.cell(cells, colNote)
	switch {
	case l.role == frequencies:
		return l.frequency(l.cell(cells, colMost), l.cell(cells, colUnit))
	case l.role == periods:
		return l.period(l.cell(cells, colMost), l.cell(cells, colDays))
	case l.role == remarks:
		return l.remark(note)
	}
	switch l.cell(cells, colType) {
	case "限定年龄对象":
		return choose(l.kind("age"), "age_max", value, whyAge, noteAge, map[string]string{"新生儿": "0", "婴幼儿": "2", "儿童": "17"})
	case "限定性别对象":
		return choose(l.kind("sex"), "sex", value, whySex, "", map[string]string{"男": "M", "女": "F"})
	case "限定机构等级":
		return choose(l.kind("level"), "min_level", value, whyLevel, "", map[string]string{"一级": "1", "二级": "2", "三级": "3"})
	case "限定就医方式":
		if value == "住院" && strings.Contains(note, "急诊") {
			return reading{leave: whyEmergency}
		}
		return choose(l.kind("visit"), "visit", value, whyVisit, "", map[string]string{"住院": "inpatient", "门诊": "outpatient"})
	case "限定保险类型":
		// Limited to work injury is payable here, limited to maternity is not (rules.md 1.24).
		return choose(l.kind("insurance"), "in_scope", value, whyInsurance, noteScope, map[string]string{"工伤": "true", "生育": "false"})
	case "限定支付疗程":
		return l.course(value, note)
	default:
		return reading{leave: whyType}
	}
}

func choose(kind, column, value, leave, reserve string, words map[string]string) reading {
	cell, known := words[value]
	if !known {
		return reading{leave: leave}
	}
	return reading{kind: kind, said: []map[string]string{{column: cell}}, reserve: reserve}
}

var (
	daysForm  = regexp.MustCompile(`^([1-9][0-9]{0,3})天$`)
	paidForm  = regexp.MustCompile(`(?:总时间不超过|支付不超过|最多支付)([1-9][0-9]{0,3})天`)
	yearForm  = regexp.MustCompile(`支付不超过一年`)
	restForm  = regexp.MustCompile(`间隔时间不短于([1-9][0-9]{0,3})天`)
	weekForm  = regexp.MustCompile(`每周最多支付一次`)
	countForm = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)
)

// course is the limit of a drug: the column tells the days, the remark the rest.
func (l layout) course(value, note string) reading {
	match := daysForm.FindStringSubmatch(value)
	if match == nil {
		return reading{leave: whyCourse}
	}
	days := number(match[1])
	read := reading{kind: l.kind("course"), said: []map[string]string{courseCells(days, days)}, reserve: noteCourse}
	if strings.Contains(note, "单次住院") {
		read.reserve = noteStay
	}
	if said := paidForm.FindStringSubmatch(note); said != nil && number(said[1]) != days {
		read.reserve += fmt.Sprintf("; the remark says %s days, the column %d: the column counts", said[1], days)
	}
	return read
}

// courseCells limits units within twice the days that are paid: whoever goes on
// without a break is over at once, and a course that begins when as much time has
// passed without one is a new one. The sheets do not say when counting begins anew.
func courseCells(days, units int) map[string]string {
	return map[string]string{"kind": "course", "days": strconv.Itoa(2 * days), "max": strconv.Itoa(units)}
}

func intervalCells(days int) map[string]string {
	return map[string]string{"kind": "interval", "days": strconv.Itoa(days)}
}

func (l layout) frequency(most, unit string) reading {
	switch {
	case countForm.MatchString(most) && (unit == "日" || unit == "天"):
		return reading{kind: l.kind("frequency"), said: []map[string]string{{"max_per_day": most}}}
	case most == "24" && unit == "小时":
		return reading{kind: l.kind("frequency"), said: []map[string]string{{"hour_unit": "true"}}, reserve: noteHours}
	default:
		return reading{leave: whyUnit}
	}
}

func (l layout) period(most, days string) reading {
	if !countForm.MatchString(most) || !countForm.MatchString(days) {
		return reading{leave: whyPeriod}
	}
	cells := intervalCells(number(days)) // once in so many days
	if most != "1" {
		cells = map[string]string{"kind": "course", "days": days, "max": most}
	}
	return reading{kind: l.kind("period"), said: []map[string]string{cells}}
}

// remark reads a limit that is a sentence.
func (l layout) remark(note string) reading {
	if strings.Contains(note, "就业年龄") {
		// Nobody may be employed before 16 (labour law, article 15).
		return reading{kind: l.kind("age"), said: []map[string]string{{"age_min": "16"}}, reserve: noteWorking}
	}
	read := reading{kind: l.kind("course")}
	rest := 1
	if match := restForm.FindStringSubmatch(note); match != nil {
		rest = number(match[1])
	} else if weekForm.MatchString(note) {
		rest = 7
	}
	days := 0
	if match := paidForm.FindStringSubmatch(note); match != nil {
		days = number(match[1])
	} else if yearForm.MatchString(note) {
		days = 365
	}
	if days > 0 {
		read.said = append(read.said, courseCells(days, (days+rest-1)/rest))
		read.reserve = noteUnits
	}
	if rest > 1 {
		read.said = append(read.said, intervalCells(rest))
	}
	if len(read.said) == 0 {
		return reading{leave: whyRemark}
	}
	return read
}

// number reads digits that a pattern has let through.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) //nolint:errcheck // at most four digits
	return n
}
