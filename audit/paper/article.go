package paper

import (
	"strconv"
	"strings"
)

// Article writes the number of an article as Chinese laws do: "23" is 第二十三条,
// "38.1" is 第三十八条第（一）项. What is no number stands as it is.
func Article(number string) string {
	article, item, within := strings.Cut(number, ".")
	n, err := strconv.Atoi(article)
	if err != nil || n < 1 || n > 999 {
		return number
	}
	text := "第" + Ordinal(n) + "条"
	if !within {
		return text
	}
	m, err := strconv.Atoi(item)
	if err != nil || m < 1 || m > 999 {
		return number
	}
	return text + "第（" + Ordinal(m) + "）项"
}

// Ordinal writes a number from 1 to 999 in Chinese: 二十三. Others are given in figures.
func Ordinal(n int) string {
	if n < 1 || n > 999 {
		return strconv.Itoa(n)
	}
	digits := [...]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	hundreds, tens, ones := n/100, n/10%10, n%10
	text := ""
	if hundreds > 0 {
		text = digits[hundreds] + "百"
	}
	switch {
	case tens == 1 && hundreds == 0:
		text += "十"
	case tens > 0:
		text += digits[tens] + "十"
	case hundreds > 0 && ones > 0:
		text += "零"
	}
	if ones > 0 {
		text += digits[ones]
	}
	return text
}
