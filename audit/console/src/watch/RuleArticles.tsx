import type { RuleDetail } from '../api/reference';
import { usePreferences } from '../preferences';
import { useTexts } from '../text';
import { useWatch } from './texts';

// RuleArticles gives the law that a rule rests on, in full.
export function RuleArticles({ articles }: { articles: NonNullable<RuleDetail['articles']> }) {
  const { rule: texts } = useWatch();
  const { finding, units } = useTexts();
  const { language } = usePreferences();
  return articles.map((article) => (
    <article key={`${article.law}|${article.article}`} className="law">
      <header>
        <b>
          {article.title[language]} {article.label[language]}
        </b>{' '}
        <span className={article.in_force ? 'force' : 'force ended'}>{article.in_force ? finding.inForce : finding.notInForce}</span>{' '}
        <span className="weak figures">{article.valid?.map((v) => units.until(v.from, v.until ?? texts.open)).join(units.and)}</span>
      </header>
      {language === 'en' && article.gist && <p>{article.gist}</p>}
      {article.text?.map((paragraph) => (
        <p key={paragraph} lang="zh-CN">
          {paragraph}
        </p>
      ))}
      {article.note[language] && <p className="weak">{article.note[language]}</p>}
    </article>
  ));
}
