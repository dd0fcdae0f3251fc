import { useQuery } from '@tanstack/react-query';
import type { Finding } from '../api/findings';
import { ruleQuery } from '../api/reference';
import { usePreferences } from '../preferences';
import { useTexts } from '../text';

// Articles gives the law that a finding rests on, in full, and whether it was in force
// on the day.
export function Articles({ finding }: { finding: Finding }) {
  const texts = useTexts();
  const { language } = usePreferences();
  const rule = useQuery(ruleQuery(finding.rule)).data;
  return (
    <section>
      <h3>{texts.finding.article}</h3>
      {finding.basis.map((basis) => {
        const article = rule?.articles?.find((a) => a.law === basis.law && a.article === basis.article);
        return (
          <article key={`${basis.law}|${basis.article}`} className="article">
            <header>
              <b>
                {article?.title[language] ?? basis.law} {article?.label[language] ?? basis.article}
              </b>{' '}
              <span className={basis.in_force ? 'force' : 'force ended'}>{basis.in_force ? texts.finding.inForce : texts.finding.notInForce}</span>
            </header>
            {language === 'en' && article?.gist && <p>{article.gist}</p>}
            {article?.text?.map((paragraph) => (
              <p key={paragraph} lang="zh-CN">
                {paragraph}
              </p>
            ))}
            {article?.note && <p className="weak">{article.note[language]}</p>}
          </article>
        );
      })}
    </section>
  );
}
