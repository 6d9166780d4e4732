-- Version 2: what a text is made of, so that it need not be read anew.
ALTER TABLE texts ADD COLUMN shape TEXT; -- blocks, links, pictures: JSON; none for plain text
